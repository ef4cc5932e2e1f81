package io.gamestream.chaos.cdc.run;

import io.gamestream.chaos.cdc.workload.Workload;

/** Everything that takes part in a run. */
record Stage(ChaosStack stack, Database database, Workload workload, TopicWatch watch, Instances instances) {}
