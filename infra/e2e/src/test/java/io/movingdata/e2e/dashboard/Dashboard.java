package io.movingdata.e2e.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** The dashboard as somebody who uses it sees it. */
final class Dashboard {
  static final List<String> PAGES =
      List.of(
          "overview",
          "files",
          "moves",
          "stream",
          "decisions",
          "consistency",
          "costs",
          "audit",
          "simulator");

  private final Page page;
  private final String base;

  Dashboard(Page page, String base) {
    this.page = page;
    this.base = base;
  }

  /** Opens an address below the hash and waits until something of it is shown, and it is live. */
  Dashboard open(String address) {
    page.navigate(base + "/#/" + address);
    assertThat(page.locator(".live-on")).isVisible();
    assertThat(page.locator("main .panel, main .tile").first()).isVisible();
    assertThat(page.locator("main .skeleton")).hasCount(0);
    return this;
  }

  Page page() {
    return page;
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Dashboard click(String button) {
    button(button).first().click();
    return this;
  }

  /** The question that is asked. */
  Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  /** Answers the question that is asked. */
  Dashboard confirm(String button) {
    dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true))
        .click();
    return this;
  }

  /** Waits for a result that says something. */
  Dashboard told(String text) {
    assertThat(page.locator(".toast").filter(new Locator.FilterOptions().setHasText(text)).first())
        .isVisible();
    return this;
  }

  Dashboard shows(String text) {
    assertThat(page.locator("main")).containsText(text);
    return this;
  }

  Locator row(String text) {
    return page.locator("main tbody tr").filter(new Locator.FilterOptions().setHasText(text));
  }
}
