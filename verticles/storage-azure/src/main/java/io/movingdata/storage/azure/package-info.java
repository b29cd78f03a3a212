/**
 * Azure Blob Storage: one container as an {@link io.movingdata.core.storage.ObjectStore}, through
 * the official SDK. {@link io.movingdata.storage.azure.AzureStorageRole} is found by the launcher;
 * nothing else is public.
 */
package io.movingdata.storage.azure;
