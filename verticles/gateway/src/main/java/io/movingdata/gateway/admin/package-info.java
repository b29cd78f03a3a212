/** What operators ask for: seeds, the storage test, the audit trail. */
package io.movingdata.gateway.admin;
