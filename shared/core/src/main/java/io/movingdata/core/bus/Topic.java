package io.movingdata.core.bus;

/**
 * A typed stream of hints that any number of listeners may hear, and that may be lost: what it
 * tells also stands in a document.
 *
 * @param name {@code movingdata.event.<what>}
 * @param event the record that is published
 */
public record Topic<E>(String name, Class<E> event) {}
