/**
 * What every object store and every storage worker must do, as tests to be inherited, and a store
 * in memory whose failures can be arranged.
 */
package io.movingdata.testkit.storage;
