package com.example.rides.trip;

/** An accepted order, as the track service names it. */
public record Trip(long service, long terminal, long track) {}
