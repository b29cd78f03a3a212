/**
 * How many verified copies of a file there shall be, and where: the policy, what it wants of one
 * file, and the one that is in force. All but the last is pure.
 */
package io.movingdata.core.replication;
