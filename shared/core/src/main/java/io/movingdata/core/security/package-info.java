/**
 * Encryption at rest and access policy: Fernet tokens and framed objects, keyrings, role policies
 * and the sealing of resume tokens. Pure Java, no Vert.x.
 */
package io.movingdata.core.security;
