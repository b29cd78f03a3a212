/**
 * Carries out the replication policy: puts it in force, tries what another would do, and has the
 * copies made that files lack. What it wants of a file is decided in {@code core.replication}.
 */
package io.movingdata.consistency.replication;
