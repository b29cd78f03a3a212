/** Hazelcast, as far as a node needs it: membership and the bus's registrations, nothing else. */
package io.movingdata.core.cluster;
