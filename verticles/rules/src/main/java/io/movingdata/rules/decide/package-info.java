/** The tier that a file belongs on, and whether it moves there. Pure. */
package io.movingdata.rules.decide;
