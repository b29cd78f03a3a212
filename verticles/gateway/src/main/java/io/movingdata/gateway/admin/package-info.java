/** What operators ask for: seeds and the audit trail. */
package io.movingdata.gateway.admin;
