package devices

import (
	"beamslot/devices/profile"
	"beamslot/scheduler"
)

// machine is what is particular about a kind of machine that runs batches: the words of its state, what they
// mean to the desk, which of its commands carries out which order, and what its chart shows.
type machine struct {
	active, ended, failed string
	on, off               scheduler.Sign
	commands              map[scheduler.Verb]string
	traces                []string
}

// machineOf gives the kind's machine; a calibrator is none.
func machineOf(k profile.Kind) (machine, bool) {
	switch k {
	case profile.Cyclotron:
		return cyclotron(), true
	case profile.Generator:
		return generator(), true
	case profile.Dispenser:
		return dispenser(), true
	case profile.Synthesis:
		return synthesis(), true
	}
	return machine{}, false
}

// status is what a machine said in one frame about the batch it holds.
type status struct {
	state, batch string
}

// told is one thing that the desk is told about a batch.
type told struct {
	sign  scheduler.Sign
	batch string
}

// signs are what the desk must be told when a machine that was seen as before is now seen as now. Before the
// first sight, before is empty, and the present state is told again: the desk knows what it has heard.
func (m machine) signs(before, now status) []told {
	if before == now {
		return nil
	}
	var all []told
	if before.state == m.active && before.batch != "" && now.batch != before.batch && m.off == scheduler.BeamOff {
		all = append(all, told{m.off, before.batch}) // its end was shorter than a poll
	}
	if now.batch != "" {
		all = append(all, m.present(before, now)...)
	}
	return all
}

// present is what the present state says about the batch that the machine holds.
func (m machine) present(before, now status) []told {
	known := before.batch == now.batch && before.state != "idle"
	switch {
	case now.state == m.active:
		return []told{{m.on, now.batch}}
	case now.state == m.ended && known:
		return []told{{m.off, now.batch}}
	case now.state == m.ended:
		return []told{{m.on, now.batch}, {m.off, now.batch}}
	case now.state == m.failed:
		return []told{{scheduler.RunFailed, now.batch}}
	}
	return nil
}
