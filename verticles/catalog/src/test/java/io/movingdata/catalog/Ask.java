package io.movingdata.catalog;

import io.movingdata.core.bus.Address;

/** A request and where it goes. */
record Ask<Q, R>(Address<Q, R> address, Q request) {}
