/** What a file costs where it is and to move: arithmetic that rules and models share. */
package io.movingdata.core.cost;
