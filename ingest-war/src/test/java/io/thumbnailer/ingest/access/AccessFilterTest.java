package io.thumbnailer.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thumbnailer.ingest.fakes.FakeRequest;
import io.thumbnailer.ingest.fakes.Injection;
import io.thumbnailer.ingest.http.Problem;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessFilterTest {
  private static final Caller CLIENT = new Caller("shop", Role.CLIENT, CallerLimits.NONE);
  private static final Caller ADMIN = new Caller("operator", Role.ADMIN, CallerLimits.NONE);

  private final CurrentCaller current = new CurrentCaller();
  private Optional<Caller> authenticated = Optional.empty();
  private int authentications;

  /** Calls with the rules that resources have. */
  @SuppressWarnings("unused")
  private static final class Calls {
    void upload() {}

    @RequiresRole(Role.ADMIN)
    void operate() {}

    @RequiresRole(value = Role.ADMIN, always = true)
    void operateAlways() {}

    @RequiresRole(Role.ANYBODY)
    void page() {}

    @RequiresRole(Role.VIEWER)
    void thumbnail() {}
  }

  @Test
  void aRequestWithoutCredentialsIsChallenged() throws Exception {
    Response refusal = call(AccessMode.API_KEYS, "upload", Map.of()).abortedWith().orElseThrow();
    assertThat(refusal.getStatus()).isEqualTo(401);
    assertThat(((Problem) refusal.getEntity()).code()).isEqualTo("unauthorized");
    assertThat(refusal.getHeaderString("WWW-Authenticate"))
        .startsWith("Bearer")
        .doesNotContain("error");
  }

  @Test
  void credentialsThatAreNotKnownAreInvalid() throws Exception {
    Response refusal =
        call(AccessMode.API_KEYS, "upload", Map.of("Authorization", "Bearer wrong"))
            .abortedWith()
            .orElseThrow();
    assertThat(refusal.getStatus()).isEqualTo(401);
    assertThat(refusal.getHeaderString("WWW-Authenticate")).contains("error=\"invalid_token\"");
    assertThat(((Problem) refusal.getEntity()).detail()).doesNotContain("wrong");
  }

  @Test
  void aKnownCallerOfALesserRoleIsForbidden() throws Exception {
    authenticated = Optional.of(CLIENT);
    FakeRequest request = call(AccessMode.API_KEYS, "operate", Map.of());
    assertThat(request.abortedWith().orElseThrow().getStatus()).isEqualTo(403);
    assertThat(current.get()).isEqualTo(Caller.ANYONE);
  }

  @Test
  void anAdmittedCallerIsTheCallerOfTheRequest() throws Exception {
    authenticated = Optional.of(ADMIN);
    FakeRequest request = call(AccessMode.API_KEYS, "operate", Map.of());
    assertThat(request.abortedWith()).isEmpty();
    assertThat(current.get()).isEqualTo(ADMIN);
    assertThat(request.security().getUserPrincipal()).isEqualTo(ADMIN);
    assertThat(request.security().isUserInRole("client")).isTrue();
    assertThat(request.security().isSecure()).isTrue();
  }

  @Test
  void openCallsDoNotAuthenticate() throws Exception {
    assertThat(call(AccessMode.API_KEYS, "page", Map.of()).abortedWith()).isEmpty();
    assertThat(call(AccessMode.OPEN, "upload", Map.of()).abortedWith()).isEmpty();
    assertThat(call(AccessMode.OPEN, "operate", Map.of()).abortedWith()).isEmpty();
    assertThat(authentications).isZero();
  }

  @Test
  void someOperationsRequireAKeyEvenInOpenAccess() throws Exception {
    assertThat(call(AccessMode.OPEN, "operateAlways", Map.of()).abortedWith()).isPresent();
    authenticated = Optional.of(ADMIN);
    assertThat(call(AccessMode.OPEN, "operateAlways", Map.of()).abortedWith()).isEmpty();
  }

  @Test
  void thumbnailsRequireAKeyUnlessTheyArePublic() throws Exception {
    assertThat(call(AccessMode.API_KEYS, "thumbnail", Map.of()).abortedWith()).isPresent();
    assertThat(
            call(new AccessPolicy(AccessMode.API_KEYS, true), "thumbnail", Map.of()).abortedWith())
        .isEmpty();
  }

  private FakeRequest call(AccessMode mode, String method, Map<String, String> headers)
      throws Exception {
    return call(new AccessPolicy(mode, false), method, headers);
  }

  private FakeRequest call(AccessPolicy policy, String method, Map<String, String> headers)
      throws Exception {
    AccessFilter filter = new AccessFilter();
    Injection.set(filter, new AccessSettings(policy, List.of(), CallerLimits.NONE));
    Injection.set(
        filter,
        (Authenticator)
            (request, response) -> {
              authentications++;
              return authenticated;
            });
    Injection.set(filter, current);
    Injection.set(filter, resource(Calls.class.getDeclaredMethod(method)));
    FakeRequest request = new FakeRequest("POST", headers);
    filter.filter(request.context());
    return request;
  }

  private static ResourceInfo resource(Method method) {
    return new ResourceInfo() {
      @Override
      public Method getResourceMethod() {
        return method;
      }

      @Override
      public Class<?> getResourceClass() {
        return Calls.class;
      }
    };
  }
}
