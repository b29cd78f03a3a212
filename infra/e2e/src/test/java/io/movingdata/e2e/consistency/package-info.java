/** What happens when what is stored is not what it must be. */
package io.movingdata.e2e.consistency;
