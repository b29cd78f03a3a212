/**
 * The public contract of each verticle: one file per owner, holding its addresses and the records
 * that travel to and from them. A newcomer reads the whole system here.
 */
package io.movingdata.core.contract;
