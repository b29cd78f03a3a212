/** Small documents of a room's own, which the catalog keeps for it. */
package io.movingdata.core.state;
