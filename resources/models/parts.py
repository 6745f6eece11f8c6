"""What the rows of the directory share: ids that stay, and a stamp that is right."""

from uuid import UUID, uuid4, uuid5

from django.db import models
from django.utils import timezone

# Every directory that began with the same file gives the same place the same id.
NAMESPACE = UUID("0b8f4a52-6c1e-5d7a-9a2f-3f1d2c7e9b60")


def identifier(identity):
    """The UUIDv5 (RFC 9562, section 5.5) of a row that is told apart by ``identity``."""
    return uuid5(NAMESPACE, identity)


class IdentifierField(models.UUIDField):
    """The id others know a row by, made of its ``identity`` when it is first saved.

    Loading the same file into an empty database gives the same ids again.  A row that came from
    another publisher keeps the id it had there: set it before saving.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"unique": True, "editable": False, "blank": True})

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if value is None:
            value = identifier(model_instance.identity)
            setattr(model_instance, self.attname, value)
        return value


class Parts(models.QuerySet):
    """Whatever is done to many parts at once is a change of their services too."""

    def update(self, **kwargs):
        self._touch()
        return super().update(**kwargs)

    def delete(self):
        self._touch()
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, objs, *args, **kwargs):
        made = super().bulk_create(objs, *args, **kwargs)
        touch(self.model, {part.service_id for part in made})
        return made

    def _touch(self):
        touch(self.model, set(self.order_by().values_list("service_id", flat=True)))


def touch(model, keys):
    """Stamp the services ``keys`` as modified now; ``model`` is one of their parts."""
    if keys:
        services = model._meta.get_field("service").related_model
        services.objects.filter(pk__in=keys).update(modified_at=timezone.now())


class ServicePart(models.Model):
    """A row that belongs to a service and is served with it."""

    objects = Parts.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs):
        if getattr(self, "uuid", 0) is None:
            self._keep_id_apart()
        super().save(**kwargs)
        touch(type(self), {self.service_id})

    def delete(self, **kwargs):
        gone = super().delete(**kwargs)
        touch(type(self), {self.service_id})
        return gone

    def _keep_id_apart(self):
        """A number that was corrected kept its id; its old digits, listed again, get another."""
        self.uuid = identifier(self.identity)
        if type(self)._base_manager.filter(uuid=self.uuid).exists():
            self.uuid = uuid4()
