package io.movingdata.gateway.http;

import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Requester;
import io.movingdata.core.security.RoleName;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The open mode of the local profile: a requester is whoever the request says. Roles come from the
 * body, else from {@code X-Principal-Roles}; who names none is {@code system}.
 */
public final class OpenAuthentication implements Authentication {
  private static final String ROLES = "X-Principal-Roles";
  private static final String NAME = "X-Principal";
  private static final int MOST_ROLES = 32;
  private static final Pattern PRINCIPAL = Pattern.compile("[\\x21-\\x7e]{1,128}");

  @Override
  public Requester requester(MultiMap headers, List<String> bodyRoles, String traceId) {
    String name = headers.get(NAME);
    if (name != null && !PRINCIPAL.matcher(name).matches()) {
      throw MovingDataException.invalid(NAME, "must be 1 to 128 visible ASCII characters");
    }
    boolean inBody = bodyRoles != null && !bodyRoles.isEmpty();
    List<String> roles =
        inBody ? roles("principal_roles", bodyRoles) : roles(ROLES, listed(headers.get(ROLES)));
    return new Requester(
        name == null ? "anonymous" : name, roles.isEmpty() ? List.of("system") : roles, traceId);
  }

  private static List<String> listed(String header) {
    return header == null
        ? List.of()
        : Arrays.stream(header.split(",", -1)).filter(role -> !role.isBlank()).toList();
  }

  private static List<String> roles(String field, List<String> names) {
    if (names.size() > MOST_ROLES) {
      throw MovingDataException.invalid(field, "holds more than " + MOST_ROLES + " roles");
    }
    try {
      return RoleName.parseAll(names);
    } catch (IllegalArgumentException e) {
      throw MovingDataException.invalid(field, e.getMessage());
    }
  }
}
