/** What the commands of this room share: a node of their own, its stores, its catalog. */
package io.movingdata.consistency.tool;
