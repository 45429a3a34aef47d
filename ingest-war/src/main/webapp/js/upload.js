/** Sends one file. XMLHttpRequest, because `fetch` does not report upload progress. */
import { authorization, Problem } from "./http.js";

/**
 * Resolves to the accepted job; rejects with a Problem, or an `AbortError`.
 *
 * @param onProgress is called with the sent fraction, 0 to 1
 * @param fields of the form beside the file
 * @param idempotencyKey makes a repeated upload the same one
 */
export function upload(file, { key, idempotencyKey, fields = {}, signal, onProgress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      form.append(name, value); // before the file, so that a server that streams knows them
    }
    form.append("file", file, file.name);
    request.open("POST", "upload");
    request.responseType = "json";
    for (const [name, value] of Object.entries(authorization(key))) {
      request.setRequestHeader(name, value);
    }
    request.setRequestHeader("Idempotency-Key", idempotencyKey);
    request.upload.addEventListener("progress", (event) => {
      onProgress(event.total ? event.loaded / event.total : 0);
    });
    request.addEventListener("load", () => {
      const result = request.response?.jobs?.[0];
      if (request.status === 202 && result?.id) {
        resolve(result);
      } else {
        reject(Problem.of(request.status, result?.problem ?? request.response, request.getResponseHeader("Retry-After")));
      }
    });
    request.addEventListener("error", () => reject(Problem.unreachable()));
    request.addEventListener("abort", () => reject(signal.reason));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}
