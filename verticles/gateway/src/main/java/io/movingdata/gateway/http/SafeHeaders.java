package io.movingdata.gateway.http;

import io.vertx.core.MultiMap;
import java.util.Set;

/** Headers that every answer has, and the refusal of what another site's page sends. */
public final class SafeHeaders {
  /** For data: whatever it is, a browser neither runs nor frames it. */
  public static final String CSP_DATA = "default-src 'none'; frame-ancestors 'none'";

  /** For our own page: its own scripts, styles and requests, and nothing else. */
  public static final String CSP_PAGE =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types lit-html";

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private SafeHeaders() {}

  static void apply(MultiMap headers, String traceId) {
    headers.set("X-Request-Id", traceId);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Content-Security-Policy", CSP_DATA);
  }

  /** Whether a browser says that another site's page sends a request that changes something. */
  static boolean crossSite(String method, String secFetchSite) {
    return !SAFE_METHODS.contains(method)
        && secFetchSite != null
        && !OWN_SITES.contains(secFetchSite);
  }
}
