/**
 * Content in and out of encrypted copies: frames sealed and opened on all cores, pulled from and
 * pushed to storage sessions with a bounded number in flight.
 */
package io.movingdata.core.transfer;
