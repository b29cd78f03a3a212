package io.movingdata.core.config;

import io.movingdata.core.security.Keyring;
import java.net.URI;
import java.util.List;

/**
 * A place where objects can be: one bucket or container of one provider.
 *
 * @param id location id, {@code [a-z0-9][a-z0-9-]{0,31}}
 * @param provider which protocol
 * @param endpoint base address of the provider (for Azure: of the account)
 * @param bucket bucket or container
 * @param s3 S3 credentials and options, null for other providers
 * @param azure Azure credentials, null for other providers
 * @param gcs Google credentials, null for other providers
 * @param keyring Fernet keys: the first encrypts
 * @param allowedRoles roles of which a caller needs one
 * @param tier hot, warm, cold or a name of the user's
 * @param cloudRegion where it is, for people and cost
 * @param storagePerGbMonth USD
 * @param egressPerGb USD
 * @param maxTransfers moves that may read or write here at the same time on one node
 */
public record LocationConfig(
    String id,
    Provider provider,
    URI endpoint,
    String bucket,
    S3Credentials s3,
    AzureCredentials azure,
    GcsCredentials gcs,
    Keyring keyring,
    List<String> allowedRoles,
    String tier,
    String cloudRegion,
    double storagePerGbMonth,
    double egressPerGb,
    int maxTransfers) {

  /**
   * How requests to S3 are signed.
   *
   * @param sessionToken null for long-lived keys
   * @param region signing region
   * @param pathStyle bucket in the path instead of the host name
   * @param sseKmsKey key alias or id for SSE-KMS headers, null to send none
   */
  public record S3Credentials(
      String accessKey,
      Secret secretKey,
      Secret sessionToken,
      String region,
      boolean pathStyle,
      String sseKmsKey) {}

  /** Account name and key of Azure Blob Storage. */
  public record AzureCredentials(String account, Secret accountKey) {}

  /**
   * A Google service account.
   *
   * @param clientEmail issuer of the assertion, null for an emulator without authentication
   * @param privateKeyPem PKCS#8 or PKCS#1 PEM
   * @param tokenUri where assertions become access tokens
   * @param projectId for creating a bucket
   */
  public record GcsCredentials(
      String clientEmail, Secret privateKeyPem, URI tokenUri, String projectId) {}

  /** The secret from which resume tokens of this location are sealed; never null. */
  public String sealSecret() {
    if (s3 != null) {
      return s3.secretKey().reveal();
    }
    if (azure != null) {
      return azure.accountKey().reveal();
    }
    boolean anonymous = gcs == null || gcs.privateKeyPem() == null;
    return anonymous ? "anonymous " + endpoint + " " + bucket : gcs.privateKeyPem().reveal();
  }
}
