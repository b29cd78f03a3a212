/**
 * The metadata of everything, kept in MongoDB: one repository per collection, services that compose
 * them in the order that the contract promises, pure classes that decide.
 */
package io.movingdata.catalog;
