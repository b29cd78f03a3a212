package io.movingdata.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.movingdata.core.security.TokenSeal;
import org.junit.jupiter.api.Test;

class ResumeTokensTest {
  private static final ResumePoint POINT =
      new ResumePoint("key", "https://storage/upload?session=secret", 5_505_024, 0xffff_ffffL);

  private final ResumeTokens tokens = new ResumeTokens(new TokenSeal("s3", "credential"));

  @Test
  void opensWhatItSealed() {
    assertThat(tokens.open(tokens.seal(POINT))).contains(POINT);
  }

  @Test
  void showsNothingOfTheUpload() {
    assertThat(tokens.seal(POINT)).doesNotContain("secret").doesNotContain("storage");
  }

  @Test
  void opensNothingOfAnotherLocationOrCredential() {
    String token = tokens.seal(POINT);

    assertThat(new ResumeTokens(new TokenSeal("s3", "other")).open(token)).isEmpty();
    assertThat(new ResumeTokens(new TokenSeal("gcs", "credential")).open(token)).isEmpty();
    assertThat(tokens.open("nonsense")).isEmpty();
    assertThat(tokens.open("")).isEmpty();
  }

  @Test
  void opensNothingThatIsNoResumePoint() {
    TokenSeal seal = new TokenSeal("s3", "credential");

    assertThat(tokens.open(seal.seal("{}"))).isEmpty();
    assertThat(tokens.open(seal.seal("not json"))).isEmpty();
  }
}
