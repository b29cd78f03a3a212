/**
 * Object bytes on the bus: the provider's side ({@link io.movingdata.core.storage.ObjectStore},
 * implemented once per provider, and the worker that serves it in sessions) and the caller's side.
 */
package io.movingdata.core.storage;
