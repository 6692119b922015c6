"""How well a model reads: scores, calibration, comparisons, disturbances."""
