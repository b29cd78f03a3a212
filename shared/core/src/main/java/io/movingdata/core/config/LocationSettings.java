package io.movingdata.core.config;

import static io.movingdata.core.config.Provider.AZURE;
import static io.movingdata.core.config.Provider.GCS;
import static io.movingdata.core.config.Provider.S3;
import static io.movingdata.core.config.Setting.setting;
import static io.movingdata.core.config.SpecialTypes.secret;
import static io.movingdata.core.config.ValueTypes.choice;
import static io.movingdata.core.config.ValueTypes.integer;
import static io.movingdata.core.config.ValueTypes.list;
import static io.movingdata.core.config.ValueTypes.number;
import static io.movingdata.core.config.ValueTypes.onOff;
import static io.movingdata.core.config.ValueTypes.text;

import java.util.List;

/**
 * Everything that can be said about a location. A variable's name is the location's id in capitals
 * and the ending given here: {@code S3_ENDPOINT}, {@code ARCHIVE_SECRET_KEY}.
 */
final class LocationSettings {
  /** A name from Google's tools: honoured where the endpoint is https, for it is set widely. */
  static final String GOOGLE_CREDENTIALS = "GOOGLE_APPLICATION_CREDENTIALS";

  static final Setting PROVIDER =
      setting("provider", null, choice("s3", "azure", "gcs"), "Which protocol");
  static final Setting ENABLED =
      setting("enabled", null, onOff(), "false takes a location out of use").optional();

  /** Sets endpoint, account and key at once; it has no field of its own in the files. */
  static final Setting CONNECTION_STRING =
      setting(
              "",
              "STORAGE_CONNECTION_STRING",
              secret("an account's connection string"),
              "Endpoint, account and key at once, as the account's page shows it")
          .onlyFor(AZURE)
          .hidden()
          .optional();

  private static final String S3_BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";
  private static final String GCS_BUCKET = "[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]";
  private static final String CONTAINER = "(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*";

  private static final List<Setting> ALL =
      List.of(
          PROVIDER,
          ENABLED,
          setting("endpoint", "ENDPOINT", SpecialTypes.endpoint(), "Address of the provider")
              .onlyFor(S3, GCS),
          setting("endpoint", "ENDPOINT", SpecialTypes.endpoint(), "Address of the account")
              .onlyFor(AZURE)
              .alsoCalled("AZURITE_BLOB_URL"),
          setting(
                  "bucket",
                  "BUCKET",
                  text(
                      "a bucket name: 3 to 63 lower-case letters, digits, dots or dashes",
                      S3_BUCKET),
                  "Bucket")
              .onlyFor(S3),
          setting(
                  "bucket",
                  "BUCKET",
                  text(
                      "a bucket name: lower-case letters, digits, dots, dashes or underscores",
                      GCS_BUCKET),
                  "Bucket")
              .onlyFor(GCS),
          setting(
                  "bucket",
                  "CONTAINER",
                  text(
                      "a container name: 3 to 63 lower-case letters, digits or single dashes",
                      CONTAINER),
                  "Container")
              .onlyFor(AZURE),
          setting(
                  "access_key",
                  "ACCESS_KEY",
                  text("an access key id", "[\\x21-\\x7e]{1,128}"),
                  "Access key id")
              .onlyFor(S3),
          setting(
                  "secret_key",
                  "SECRET_KEY",
                  secret("the secret of the access key"),
                  "Secret of the access key")
              .onlyFor(S3)
              .hidden(),
          setting(
                  "session_token",
                  "SESSION_TOKEN",
                  secret("the token of temporary credentials"),
                  "Token of temporary credentials")
              .onlyFor(S3)
              .hidden()
              .optional(),
          setting("region", "REGION", text("a region name", "[a-z0-9-]{1,40}"), "Signing region")
              .onlyFor(S3),
          setting(
                  "path_style",
                  "PATH_STYLE",
                  onOff(),
                  "Bucket in the path (1) or in the host name (0)")
              .onlyFor(S3),
          setting(
                  "sse_kms_key",
                  "SSE_KMS_KEY",
                  text("a key alias or id", "[\\x21-\\x7e]{1,256}"),
                  "Key of the provider's own encryption (SSE-KMS); empty for none")
              .onlyFor(S3)
              .optional(),
          setting(
                  "account",
                  "ACCOUNT",
                  text("an account name: 3 to 24 lower-case letters or digits", "[a-z0-9]{3,24}"),
                  "Storage account")
              .onlyFor(AZURE),
          setting(
                  "account_key",
                  "ACCOUNT_KEY",
                  SpecialTypes.base64Secret("the account's key in base64"),
                  "Key of the account")
              .onlyFor(AZURE)
              .hidden(),
          setting(
                  "credentials_file",
                  "CREDENTIALS_FILE",
                  SpecialTypes.serviceAccountFile(),
                  "Service account's JSON key file; none for an emulator")
              .onlyFor(GCS)
              .inProduction()
              .alsoCalled(GOOGLE_CREDENTIALS),
          setting(
                  "project_id",
                  "PROJECT_ID",
                  text("a project id", "[a-z0-9:.-]{1,63}"),
                  "Project of a bucket that must be made; the key file's where absent")
              .onlyFor(GCS)
              .optional(),
          setting(
                  "encryption_key",
                  "ENCRYPTION_KEY",
                  SpecialTypes.fernetKeys(),
                  "Fernet keys, the encrypting one first, older ones after it, separated by commas")
              .hidden(),
          setting(
              "allowed_roles",
              "ALLOWED_ROLES",
              list("role names, separated by commas", 1, "[A-Za-z0-9_.-]{1,64}"),
              "Roles of which a caller needs one, separated by commas"),
          setting(
              "tier",
              "TIER",
              text("hot, warm, cold or a name of yours", "[a-z0-9-]{1,32}"),
              "Tier: hot, warm, cold or a name of yours"),
          setting(
              "cloud_region",
              "CLOUD_REGION",
              text("a region's name", "[\\x21-\\x7e]{1,64}"),
              "Where it is, for people and cost"),
          setting(
              "storage_per_gb_month",
              "STORAGE_PRICE",
              number(0, 1_000),
              "Price of storage, USD per GB and month"),
          setting(
              "egress_per_gb", "EGRESS_PRICE", number(0, 1_000), "Price of reading, USD per GB"),
          setting(
              "max_transfers",
              "MAX_TRANSFERS",
              integer(1, 1_000),
              "Moves that use the location at the same time on one node"));

  private LocationSettings() {}

  /** All of them, in the order of the documentation. */
  static List<Setting> all() {
    return ALL;
  }

  /** Those that a location of the provider has. */
  static List<Setting> having(Provider provider) {
    return ALL.stream().filter(setting -> setting.providers().contains(provider)).toList();
  }
}
