package io.movingdata.core.cost;

/**
 * List prices of one storage class, USD.
 *
 * @param provider {@code s3}, {@code azure} or {@code gcs}
 * @param name the provider's name of the class
 * @param storagePerGbMonth a GB for a month
 * @param putPer1000 a thousand writes
 * @param getPer1000 a thousand reads
 * @param retrievalPerGb a GB read, beside its egress
 * @param egressPerGb a GB that leaves the provider
 * @param minDays days that are paid for even if the object goes earlier
 * @param firstByteMs how long a read takes to begin, ms; an estimate
 */
public record PriceClass(
    String provider,
    String name,
    double storagePerGbMonth,
    double putPer1000,
    double getPer1000,
    double retrievalPerGb,
    double egressPerGb,
    double minDays,
    double firstByteMs) {}
