package io.movingdata.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.movingdata.core.error.MovingDataException;
import io.movingdata.core.model.Requester;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenAuthenticationTest {
  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

  private Requester requester(List<String> bodyRoles) {
    return new OpenAuthentication().requester(headers, bodyRoles, "trace");
  }

  @Test
  void whoNamesNothingIsAnonymousAndSystem() {
    assertThat(requester(null)).isEqualTo(new Requester("anonymous", List.of("system"), "trace"));
    headers.set("X-Principal-Roles", " , ");
    assertThat(requester(List.of()).roles()).containsExactly("system");
  }

  @Test
  void rolesOfTheBodyComeBeforeThoseOfTheHeader() {
    headers.set("X-Principal-Roles", "analytics, engineering");
    headers.set("X-Principal", "ada");

    assertThat(requester(null).roles()).containsExactly("analytics", "engineering");
    assertThat(requester(List.of("compliance")).roles()).containsExactly("compliance");
    assertThat(requester(null).principal()).isEqualTo("ada");
  }

  @Test
  void namesThatAreNoNamesAreRefused() {
    assertThatThrownBy(() -> requester(List.of("two words")))
        .isInstanceOf(MovingDataException.class)
        .hasMessageContaining("principal_roles");
    headers.set("X-Principal", "no spaces");
    assertThatThrownBy(() -> requester(null)).hasMessageContaining("X-Principal");
  }
}
