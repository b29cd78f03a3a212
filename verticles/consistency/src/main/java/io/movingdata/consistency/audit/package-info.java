/** Looks at catalog and stores from outside, and has the judge say what is wrong with them. */
package io.movingdata.consistency.audit;
