/**
 * Amazon S3 and what speaks its protocol, over REST requests that we sign ourselves. {@link
 * io.movingdata.storage.s3.S3StorageRole} is all that the rest of the system sees; behind it the
 * object store composes requests, the client sends and repeats them, and pure classes sign, read
 * and judge.
 */
package io.movingdata.storage.s3;
