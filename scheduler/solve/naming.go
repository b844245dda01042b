package solve

import (
	"fmt"

	"beamslot/scheduler"
)

// naming gives ids for people: FDG-2 and FDG-2/C3. An id that was ever used means nothing else again.
type naming struct {
	batches map[scheduler.BatchID]bool
	vials   map[scheduler.VialID]bool
	warm    map[carried][]scheduler.VialID // vials of the running plan, to keep their ids
	next    map[scheduler.TracerID]int
}

// carried is what a vial is known by from plan to plan.
type carried struct {
	batch scheduler.BatchID
	link  scheduler.LinkID
}

func newNaming(d scheduler.Day, o Options) *naming {
	n := &naming{batches: map[scheduler.BatchID]bool{}, vials: map[scheduler.VialID]bool{},
		warm: map[carried][]scheduler.VialID{}, next: map[scheduler.TracerID]int{}}
	for b := range o.Used {
		n.batches[b] = true
	}
	for v := range o.UsedVials {
		n.vials[v] = true
	}
	if d.Frozen != nil {
		n.know(d.Frozen.Batches, d.Frozen.Vials)
		for _, b := range d.Frozen.LostBatches {
			n.batches[b] = true
		}
	}
	if o.Warm != nil {
		n.keep(o.Warm.Vials)
		n.know(o.Warm.Batches, o.Warm.Vials)
	}
	return n
}

// keep remembers the running plan's vials that may be carried on under their ids.
func (n *naming) keep(vials []scheduler.Vial) {
	for _, v := range vials {
		if !n.vials[v.ID] {
			n.warm[carried{v.Batch, v.Link}] = append(n.warm[carried{v.Batch, v.Link}], v.ID)
		}
	}
}

func (n *naming) know(batches []scheduler.Batch, vials []scheduler.Vial) {
	for _, b := range batches {
		n.batches[b.ID] = true
	}
	for _, v := range vials {
		n.vials[v.ID] = true
	}
}

// batch is the tracer's name and the smallest number that was never used.
func (n *naming) batch(t scheduler.TracerID) scheduler.BatchID {
	for {
		n.next[t]++
		if id := scheduler.BatchID(fmt.Sprintf("%s-%d", t, n.next[t])); !n.batches[id] {
			n.batches[id] = true
			return id
		}
	}
}

// vial is the running plan's id for the same batch and link, or the batch and the centre, numbered if need be.
func (n *naming) vial(b scheduler.BatchID, l scheduler.LinkID, c scheduler.CentreID) scheduler.VialID {
	if ids := n.warm[carried{b, l}]; len(ids) > 0 {
		n.warm[carried{b, l}] = ids[1:]
		return ids[0]
	}
	id := scheduler.VialID(fmt.Sprintf("%s/%s", b, c))
	for k := 2; n.vials[id]; k++ {
		id = scheduler.VialID(fmt.Sprintf("%s/%s#%d", b, c, k))
	}
	n.vials[id] = true
	return id
}
