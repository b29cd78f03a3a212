/** Backups of the catalog. */
package io.movingdata.gateway.backups;
