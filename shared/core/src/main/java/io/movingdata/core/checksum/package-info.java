/** Checksums in the encodings that object stores use. */
package io.movingdata.core.checksum;
