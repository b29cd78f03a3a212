package io.movingdata.testkit.net;

import java.time.Instant;

/**
 * One request as it went through an {@link HttpFaultProxy}. A request that was sent twice is there
 * twice. No headers; a URI may name an upload session, which is a credential at some providers.
 *
 * @param sequence counts from 1 in the order of arrival
 * @param ended null while it is under way
 * @param uri path and query as they were sent
 * @param bodyBytes of the request's body, as many as passed to the server
 * @param status of the server's answer, 0 where it gave none or was not asked
 * @param answerBytes of the answer's body, as many as passed to the client
 * @param fault its name, null for none
 */
public record LoggedExchange(
    long sequence,
    Instant begun,
    Instant ended,
    String method,
    String uri,
    long bodyBytes,
    int status,
    long answerBytes,
    String fault) {}
