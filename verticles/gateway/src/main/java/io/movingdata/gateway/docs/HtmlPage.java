package io.movingdata.gateway.docs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A page without scripts: a title, a body, and one style that is allowed by its hash. */
record HtmlPage(String title, String body) {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
          + "color:#1b1f24;background:#fff}code,pre{font:14px/1.4 ui-monospace,monospace}"
          + "pre{overflow:auto;background:#f3f4f6;padding:.75rem;border-radius:.4rem}"
          + "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .5rem;"
          + "border-bottom:1px solid #d0d7de;vertical-align:top}h2{margin-top:2.5rem}"
          + ".method{display:inline-block;min-width:4.5rem;font-weight:600}"
          + "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}"
          + "pre{background:#161b22}a{color:#79c0ff}td,th{border-color:#30363d}}";

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  String html() {
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>"
        + escape(title)
        + "</title><style>"
        + STYLE
        + "</style></head><body><h1>"
        + escape(title)
        + "</h1>"
        + body
        + "</body></html>";
  }

  String contentSecurityPolicy() {
    return "default-src 'none'; style-src 'sha256-"
        + hash()
        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  private static String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
