package dev.tlscope.analyzer.cause;

import java.util.List;

/**
 * Why a handshake failed.
 *
 * @param cause stable id of the cause
 * @param summary one sentence
 * @param evidence what it rests on, most important first
 * @param fix steps, in order
 */
public record Finding(String cause, Confidence confidence, String summary, List<Evidence> evidence, List<String> fix) {}
