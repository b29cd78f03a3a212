/** The audit trail as its writers see it: entries are queued here and stored by the catalog. */
package io.movingdata.core.audit;
