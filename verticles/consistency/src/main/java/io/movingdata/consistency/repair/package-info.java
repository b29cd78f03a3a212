/** What becomes of a difference: repaired from a verified copy, kept, or left to a person. */
package io.movingdata.consistency.repair;
