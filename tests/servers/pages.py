"""djangorestframework-gis: features and records, a hundred at a time; `python pages.py PORT`, beside communes.geojson."""
import json
import sys

from django.conf import settings

settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="-", ALLOWED_HOSTS=["*"], DEFAULT_CHARSET="utf-8", REST_FRAMEWORK={"UNAUTHENTICATED_USER": None, "DEFAULT_AUTHENTICATION_CLASSES": []})

import django

django.setup()

from django.core.management import call_command
from django.urls import path
from rest_framework.pagination import PageNumberPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView
from rest_framework_gis.pagination import GeoJsonPagination

with open("communes.geojson", encoding="utf-8") as file:
    FEATURES = json.load(file)["features"]


class Features(APIView):
    renderer_classes = [JSONRenderer]

    def get(self, request):
        pages = GeoJsonPagination()
        pages.page_size = 100
        page = pages.paginate_queryset(FEATURES, request, self)
        return pages.get_paginated_response({"type": "FeatureCollection", "features": page})


class Records(APIView):
    renderer_classes = [JSONRenderer]

    def get(self, request):
        pages = PageNumberPagination()
        pages.page_size = 100
        page = pages.paginate_queryset([feature["properties"] for feature in FEATURES], request, self)
        return pages.get_paginated_response(page)


urlpatterns = [path("features/", Features.as_view()), path("records/", Records.as_view())]

call_command("runserver", "127.0.0.1:" + sys.argv[1], "--noreload", skip_checks=True)
