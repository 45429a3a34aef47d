package io.thumbnailer.ingest.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessRuleTest {
  @RequiresRole(value = Role.ADMIN, always = true)
  static final class Operations {
    public void plain() {}

    @RequiresRole(Role.VIEWER)
    public void seen() {}
  }

  static final class Forgotten {
    public void plain() {}
  }

  @Test
  void aMissingAnnotationRequiresTheClientRole() throws NoSuchMethodException {
    AccessRule rule = AccessRule.of(Forgotten.class, Forgotten.class.getMethod("plain"));
    assertThat(rule).isEqualTo(new AccessRule(Role.CLIENT, false));
    assertThat(rule.isOpen(new AccessPolicy(AccessMode.API_KEYS, true))).isFalse();
    assertThat(rule.isOpen(new AccessPolicy(AccessMode.JWT, true))).isFalse();
    assertThat(rule.isOpen(new AccessPolicy(AccessMode.OPEN, false))).isTrue();
  }

  @Test
  void aMethodsAnnotationWinsOverItsClass() throws NoSuchMethodException {
    AccessRule seen = AccessRule.of(Operations.class, Operations.class.getMethod("seen"));
    assertThat(seen.isOpen(new AccessPolicy(AccessMode.API_KEYS, true))).isTrue();
    assertThat(seen.isOpen(new AccessPolicy(AccessMode.API_KEYS, false))).isFalse();
    assertThat(seen.isOpen(new AccessPolicy(AccessMode.OPEN, false))).isTrue();
    assertThat(AccessRule.of(Operations.class, Operations.class.getMethod("plain")))
        .isEqualTo(new AccessRule(Role.ADMIN, true));
  }

  @Test
  void operationsAreNeverOpen() {
    AccessRule operations = AccessRule.of(Operations.class, null);
    for (AccessMode mode : AccessMode.values()) {
      assertThat(operations.isOpen(new AccessPolicy(mode, true))).as(mode.name()).isFalse();
      assertThat(operations.isRefusedToSome(mode)).as(mode.name()).isTrue();
    }
  }

  @Test
  void everyKeyButNotEveryTokenIncludesTheClientRole() {
    AccessRule client = AccessRule.of(Forgotten.class, null);
    assertThat(client.isRefusedToSome(AccessMode.API_KEYS)).isFalse();
    assertThat(client.isRefusedToSome(AccessMode.JWT)).isTrue();
  }
}
