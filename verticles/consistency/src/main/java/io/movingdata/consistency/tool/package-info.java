/**
 * What the commands of this room share: a node of their own, its stores, its catalog; and work on
 * many things side by side, which passes and backups share with them.
 */
package io.movingdata.consistency.tool;
