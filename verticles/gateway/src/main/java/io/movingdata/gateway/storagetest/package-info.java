/** The storage test: the one place outside the collector that deletes, and only what it made. */
package io.movingdata.gateway.storagetest;
