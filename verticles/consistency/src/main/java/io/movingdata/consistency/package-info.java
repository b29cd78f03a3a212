/**
 * Proves that replicas agree, and repairs those that do not.
 *
 * <ul>
 *   <li>{@code pass}: when the stores are compared with the catalog, and which node compares what
 *   <li>{@code verify}: what is compared, and how a difference is named
 *   <li>{@code repair}: what becomes of a difference
 * </ul>
 */
package io.movingdata.consistency;
