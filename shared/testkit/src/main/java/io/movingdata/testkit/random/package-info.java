/** Tests that draw what they do from a seed, and what makes their failures short. */
package io.movingdata.testkit.random;
