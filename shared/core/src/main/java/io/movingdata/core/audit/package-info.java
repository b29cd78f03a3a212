/**
 * The audit trail as its writers see it: entries are queued here and stored by the catalog. The
 * authorizer asks the access policy and records what it refused.
 */
package io.movingdata.core.audit;
