/**
 * The documents of the catalog as records: files and their replicas, copies under way, garbage,
 * moves, jobs, audit entries. Nothing here does I/O.
 */
package io.movingdata.core.model;
