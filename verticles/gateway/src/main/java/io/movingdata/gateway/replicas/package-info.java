/** One-off copies of a file. */
package io.movingdata.gateway.replicas;
