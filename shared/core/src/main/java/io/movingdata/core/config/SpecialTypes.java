package io.movingdata.core.config;

import static io.movingdata.core.config.ValueTypes.isNot;
import static io.movingdata.core.config.ValueTypes.ofText;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.movingdata.core.security.Keyring;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The kinds of value with a meaning of their own: addresses, secrets, keys, key files. */
final class SpecialTypes {
  static final TextNode HIDDEN = TextNode.valueOf("[hidden]");

  /** Options of a connection string that would accept a forged server, in lower case. */
  private static final List<String> CARELESS =
      List.of(
          "tlsinsecure",
          "tlsallowinvalidcertificates",
          "tlsallowinvalidhostnames",
          "sslallowinvalidcertificates",
          "sslallowinvalidhostnames",
          "sslinvalidhostnameallowed",
          "trustall");

  private SpecialTypes() {}

  /** The address of a provider. */
  static ValueType endpoint() {
    String expects = "an http or https address without user, query or fragment";
    return ofText(
        expects,
        text -> {
          try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean plain =
                uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (http && plain && uri.getHost() != null) {
              return Optional.empty();
            }
          } catch (URISyntaxException e) {
            // Said below, as for a wrong scheme.
          }
          // A user part may hold a password.
          boolean quotable = text.indexOf('@') < 0 && text.indexOf('?') < 0;
          return Optional.of(quotable ? isNot(text, expects) : "is not " + expects);
        });
  }

  /** A text that is never shown. */
  static ValueType secret(String expects) {
    return ofText(
            expects, text -> text.isBlank() ? Optional.of("is blank") : Optional.<String>empty())
        .shownAs(value -> HIDDEN);
  }

  /** A secret that signs after base64 decoding. */
  static ValueType base64Secret(String expects) {
    return ofText(
            expects,
            text ->
                refusal(() -> Base64.getDecoder().decode(text)).map(why -> "is not base64 text"))
        .shownAs(value -> HIDDEN);
  }

  /** Fernet keys, shown as fingerprints. */
  static ValueType fernetKeys() {
    return ofText(
            "Fernet keys (44 characters of base64url each), the encrypting one first, separated by"
                + " commas",
            text -> refusal(() -> Keyring.parse(text, "check")))
        .shownAs(
            value -> {
              var ids = JsonNodeFactory.instance.arrayNode();
              Keyring.parse(value.textValue(), "show").keyIds().forEach(ids::add);
              return ids;
            });
  }

  /** A MongoDB connection string, shown without user, password and options. */
  static ValueType mongoUrl() {
    return ofText("a connection string mongodb://… or mongodb+srv://…", SpecialTypes::mongoProblem)
        .shownAs(SpecialTypes::withoutCredentials);
  }

  private static Optional<String> mongoProblem(String url) {
    if (!url.startsWith("mongodb://") && !url.startsWith("mongodb+srv://")) {
      return Optional.of("does not begin with mongodb:// or mongodb+srv://");
    }
    if (url.substring(url.indexOf("//") + 2).isBlank()) {
      return Optional.of("names no host");
    }
    String options = url.substring(url.indexOf('?') + 1).toLowerCase(Locale.ROOT);
    return CARELESS.stream()
        .filter(option -> url.indexOf('?') >= 0 && options.contains(option + "="))
        .findFirst()
        .map(option -> "has the option " + option + ", which accepts a forged server");
  }

  private static JsonNode withoutCredentials(JsonNode value) {
    String url = value.textValue();
    int user = url.lastIndexOf('@');
    String scheme = url.substring(0, url.indexOf("//") + 2);
    String hosts = url.substring(user < 0 ? scheme.length() : user + 1);
    int options = hosts.indexOf('?');
    return TextNode.valueOf(
        scheme
            + (user < 0 ? "" : "[hidden]@")
            + (options < 0 ? hosts : hosts.substring(0, options)));
  }

  /** A Google service account's key file. */
  static ValueType serviceAccountFile() {
    return ofText(
        "the path of a Google service account's JSON key file",
        text -> refusal(() -> ServiceAccountFile.read(Path.of(text), null)));
  }

  private static Optional<String> refusal(Supplier<?> check) {
    try {
      return check.get() == null ? Optional.of("is empty") : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }
}
