/**
 * Speaks HTTP: the raw target of a request, the one table of operations, bodies, answers, problems
 * and who is asking. Nothing here knows what an operation does.
 */
package io.movingdata.gateway.http;
