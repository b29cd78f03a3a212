package io.movingdata.core.model;

import java.time.Instant;
import java.util.List;

/**
 * Who did what to which object, and what was decided.
 *
 * @param id time-ordered id
 * @param at when
 * @param principal who
 * @param roles in which roles
 * @param action what, as in {@code file.upload}, {@code file.read}, {@code move.submit}
 * @param fileId to which object, null where none
 * @param location where, null where none
 * @param decision allowed, denied, done or failed
 * @param reason why, in words
 * @param requestId trace id
 * @param moveId the move it belongs to, null for none
 */
public record AuditEntry(
    String id,
    Instant at,
    String principal,
    List<String> roles,
    String action,
    String fileId,
    String location,
    String decision,
    String reason,
    String requestId,
    String moveId) {}
