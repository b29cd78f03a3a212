/**
 * Google Cloud Storage as an object store, over its JSON API: the store ({@link
 * io.movingdata.storage.gcs.GcsObjectStore}) and the worker that serves it on the bus.
 */
package io.movingdata.storage.gcs;
