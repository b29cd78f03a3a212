/** Whole systems for tests: real servers, real node processes, a plain HTTP client. */
package io.movingdata.e2e.harness;
